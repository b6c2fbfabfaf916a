// For pages that embed Policy Tracker: gives each of its frames the height that it says it has. It reads nothing else.
"use strict";
{
  const origin = new URL(document.currentScript.src).origin;
  const ours = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(`${origin}/embed/`));
  addEventListener("message", (event) => {
    const height = event.data?.policyTrackerHeight;
    if (event.origin !== origin || !Number.isFinite(height)) return;
    const frame = ours().find((each) => each.contentWindow === event.source);
    if (frame) frame.style.height = `${height}px`;
  });
  // Frames that were there first have spoken already.
  for (const frame of ours()) frame.contentWindow.postMessage("policy-tracker-height", origin);
}
