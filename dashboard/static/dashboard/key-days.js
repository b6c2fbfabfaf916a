// A slider over the key days, beside the links that lead to the same pages: a drag goes there, and so does Enter.
"use strict";
{
  const KEPT = "key-days";
  const days = document.querySelector(".key-days");
  const links = [...days.querySelectorAll("a")];
  const current = links.findIndex((link) => link.hasAttribute("aria-current"));
  const slider = document.createElement("input");
  let dragged = false;

  const aim = () => {
    const link = links[slider.valueAsNumber];
    for (const each of links) each.toggleAttribute("data-aimed", each === link);
    slider.setAttribute("aria-valuetext", [...link.children].map((part) => part.textContent).join(": "));
    // Under a finger the line stays where it is.
    if (!dragged) days.scrollLeft = link.offsetLeft - days.clientWidth / 2;
  };
  const go = () => {
    if (slider.valueAsNumber === current) return;
    sessionStorage.setItem(KEPT, "focus");
    location.assign(links[slider.valueAsNumber].href);
  };
  // A page that the browser kept comes back as it was left, with the slider on the day that was gone to.
  const reset = () => {
    dragged = false;
    slider.value = current;
    aim();
  };

  Object.assign(slider, { type: "range", min: 0, max: links.length - 1 });
  slider.setAttribute("aria-label", "Day to look back to; Enter opens it");
  slider.addEventListener("input", aim);
  slider.addEventListener("pointerdown", () => (dragged = true));
  slider.addEventListener("keydown", (event) => {
    dragged = false;
    if (event.key === "Enter") go();
  });
  slider.addEventListener("change", () => dragged && go());
  addEventListener("pageshow", reset);
  days.prepend(slider);

  const fit = () => {
    const span = links.at(-1).offsetLeft - links[0].offsetLeft;
    slider.style.width = `calc(${span}px + var(--thumb))`;
  };
  new ResizeObserver(fit).observe(days);
  fit();
  reset();
  if (sessionStorage.getItem(KEPT)) slider.focus({ preventScroll: true });
  sessionStorage.removeItem(KEPT);
}
