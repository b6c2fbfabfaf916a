/* Beside each public field of a form stands how many of its citations are about it, and a button that adds another. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const group = document.getElementById("citations-group");
  const boxes = () => [...document.querySelectorAll("select[name^='citations-'][name$='-field']")];
  if (!group || !boxes().length) return;
  const rows = () => boxes().filter((box) => !box.name.includes("__prefix__"));
  const beside = (box, name) => document.getElementById(box.id.replace(/field$/, name));
  const isKept = (tick) => tick.closest(".pt-fact").querySelector("[data-by-hand]").hidden;
  const isRemoved = (box) => beside(box, "DELETE")?.checked ?? false;

  for (const { value: name } of [...boxes()[0].options]) {
    const label = name && document.querySelector(`label[for='id_${name}']`);
    if (!label) continue;
    const button = document.createElement("a");
    button.href = "#citations-group";
    button.className = "pt-cite";
    const show = () => {
      const proposed = [...document.querySelectorAll(`[data-cites='${name}']:checked`)].filter(isKept);
      const count = rows().filter((box) => box.value === name && !isRemoved(box)).length + proposed.length;
      const fact = document.createElement("span");
      fact.className = "pt-unseen";
      fact.textContent = ` ${label.textContent.trim().replace("*", "")}`;
      button.replaceChildren(count ? `Cited (${count})` : "Cite", fact);
    };
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const unused = rows().find((box) => box.value === "" && beside(box, "source")?.value === "");
      if (!unused) group.querySelector("a.add-row")?.click();
      const row = unused ?? rows().at(-1);
      if (!row) return;
      row.value = name;
      row.dispatchEvent(new Event("change", { bubbles: true }));
      const source = beside(row, "source");
      row.closest(".form-row, .inline-related, fieldset")?.scrollIntoView({ block: "center" });
      (source?.nextElementSibling?.querySelector(".select2-selection") ?? source ?? row).focus();
    });
    group.closest("form").addEventListener("change", () => setTimeout(show));  // After others have seen to the change.
    label.after(button);
    show();
  }
});
