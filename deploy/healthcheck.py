"""Ask the web process in this container whether it is well; exit with 1 when it is not.

The request looks like one that a proxy passed on over HTTPS for a host that is allowed, because any other is refused or
redirected before it reaches the check.
"""

import os
import sys
import urllib.error
import urllib.request

request = urllib.request.Request(
    f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz",
    headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0].strip(), "X-Forwarded-Proto": "https"},
)
try:
    urllib.request.urlopen(request, timeout=4).close()  # noqa: S310 - the address is written above.
except (urllib.error.URLError, TimeoutError) as error:
    sys.exit(f"{request.full_url}: {error}")
