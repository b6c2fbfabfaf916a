// Choosing a mailing fills what its letters say alike. What somebody typed is left alone: a field is filled while it is
// empty, or while it still says what was filled in before.
(() => {
  const $ = django.jQuery;
  const filled = new Map();

  function sameAsBefore(field) {
    const now = String($(field).val() ?? "");
    return now === "" || now === filled.get(field.id);
  }

  function put(id, value) {
    const field = document.getElementById(id);
    if (!field || !sameAsBefore(field)) return;
    if (Array.isArray(value)) {
      $(field).find("option[value!='']").prop("selected", false);
      for (const { id: key, text } of value) {
        const known = $(field).find("option").filter((_, option) => option.value === String(key));
        if (known.length) known.prop("selected", true);
        else $(field).append(new Option(text, key, true, true));
      }
      if (!value.length && !field.multiple) $(field).val("");
      $(field).trigger("change");
    } else {
      field.value = value;
    }
    filled.set(field.id, String($(field).val() ?? ""));
  }

  $(() => {
    const batch = document.getElementById("id_batch");
    if (!batch) return;
    $(batch).on("change", async () => {
      if (!batch.value) return;
      const address = batch.closest("form").querySelector("[data-wording]").dataset.wording.replace("/0/", `/${batch.value}/`);
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      for (const [name, value] of Object.entries(await answer.json())) put(`id_${name}`, value);
    });
  });
})();
