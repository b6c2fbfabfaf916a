# One image for every process of a deployment: staff web, public web, worker, and the commands run at an upgrade.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    FILES_ROOT=/var/lib/policy-tracker/files \
    PUBLISHED_FILES_ROOT=/var/lib/policy-tracker/published \
    EDITIONS_ROOT=/var/lib/policy-tracker/editions \
    BIND=0.0.0.0

WORKDIR /app

# The requirements change less often than the code, so their layer comes first.
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .

# Static files are part of the image. The settings ask for a key and a host even here; neither is kept.
RUN python -m compileall -q . \
    && SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput \
    && useradd --system --no-create-home policy-tracker \
    && install -d -o policy-tracker -g policy-tracker "$FILES_ROOT" "$PUBLISHED_FILES_ROOT" "$EDITIONS_ROOT"

USER policy-tracker
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "deploy/healthcheck.py"]
CMD ["python", "-m", "config.serve"]
