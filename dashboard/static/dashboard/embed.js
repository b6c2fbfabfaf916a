// Tells the page that frames this one how high it is, whenever that changes and whenever the page asks.
"use strict";
{
  const tell = () =>
    parent.postMessage({ policyTrackerHeight: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", (event) => {
    if (event.data === "policy-tracker-height") tell();
  });
}
