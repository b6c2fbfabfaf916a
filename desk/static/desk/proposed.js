// Beside each field that a document filled stands a box. Unticked, it empties the field, unless something else was typed;
// ticked, it fills it again. What was changed by hand is said not to be cited. Without this the server obeys the boxes
// when the form is sent.
(() => {
  const $ = django.jQuery;
  const field = (name) => document.getElementById(`id_${name}`);
  const options = (box, keys) => [...box.options].filter((option) => keys.includes(option.value));
  const keysOf = (value) => value.map(({ id }) => String(id));

  // Shows a searchable choice anew without telling others, such as the mailing's, which fills what is empty.
  const redraw = (box) => $(box).trigger("change.select2");

  function says(name, value) {
    const box = field(name);
    if (!Array.isArray(value)) return box.value.trim().replaceAll("\r\n", "\n") === value;
    return options(box, keysOf(value)).some((option) => option.selected);
  }

  function empty(name, value) {
    const box = field(name);
    if (box.multiple) for (const option of options(box, keysOf(value))) option.selected = false;
    else box.value = "";
    redraw(box);
  }

  function fill(name, value) {
    const box = field(name);
    if (Array.isArray(value)) {
      for (const { id, text } of value) {
        const [known] = options(box, [String(id)]);
        if (known) known.selected = true;
        else box.append(new Option(text, id, true, true));
      }
    } else box.value = value;
    redraw(box);
  }

  function obey(tick) {
    const { about, fills } = tick.dataset;
    const values = JSON.parse(fills);
    const names = Object.keys(values);
    if (!field(about)) return;
    if (!tick.checked && says(about, values[about])) names.forEach((name) => empty(name, values[name]));
    if (tick.checked) names.forEach((name) => fill(name, values[name]));
  }

  function show(tick) {
    const { about, fills } = tick.dataset;
    if (!field(about)) return;
    const isSaid = says(about, JSON.parse(fills)[about]);
    const fact = tick.closest(".pt-fact");
    fact.querySelector("input[type=hidden]").name = tick.checked ? "filled" : "emptied";
    fact.querySelector("[data-by-hand]").hidden = isSaid || !tick.checked;
  }

  $(() => {
    const ticks = [...document.querySelectorAll(".pt-fact [data-fills]")];
    if (!ticks.length) return;
    const showAll = () => ticks.forEach(show);
    $(ticks[0].form).on("change", "[name=accept]", (event) => {
      const radios = ticks.filter((tick) => tick.type === "radio" && event.target.type === "radio" && tick !== event.target);
      [...radios, ...ticks.filter((tick) => tick === event.target)].forEach(obey);
      showAll();
    });
    $(ticks[0].form).on("input change", showAll);
  });
})();
