// Suggestions under every search field: a combobox after the ARIA patterns. Half-typed pinyin of an input method is left alone.
(() => {
  "use strict";
  var engine = window.exhibitionEngine, count = 0, TITLE = 5, SUGGESTED = 8;

  engine.suggested = query => engine.candidates(query).then(found => {
    if (!found.terms.length || found.terms.some(term => term.not || term.mark)) return [];
    var ids = found.ids.filter(id => found.terms.every(term => term.levels[id] >= TITLE || !term.levels[id]));
    return engine.page(found, ids.slice(0, SUGGESTED + 2)).then(shown => shown.filter(one => one.whole).slice(0, SUGGESTED).map(one => {
      one.pieces = engine.title(one, found.terms);
      return one;
    }));
  });

  function attach(input) {
    var list = document.createElement("ul"), status = document.createElement("p"), composing = false, turn = 0, timer = 0, active = -1;
    list.id = input.id.replace(/q$/, "list");
    list.className = "hints";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "建议");
    status.className = "vh";
    status.setAttribute("role", "status");
    input.form.append(list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    function close() {
      turn++;
      active = -1;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function point(to) {
      var options = list.children;
      if (active >= 0) options[active].setAttribute("aria-selected", "false");
      active = to;
      if (active < 0) return input.removeAttribute("aria-activedescendant");
      options[active].setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }
    function option(record) {
      var item = document.createElement("li"), title = document.createElement("span"), kind = document.createElement("small");
      item.id = "suggestion-" + ++count;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.address = record.address;
      record.pieces.forEach(piece => {
        var part = document.createElement(piece[1] ? "mark" : "span");
        part.textContent = piece[0];
        title.appendChild(part);
      });
      kind.textContent = [record.kind, record.by, record.people].filter(Boolean).join("　");
      title.className = "hints__t";
      item.append(title, kind);
      return item;
    }
    function look() {
      var query = input.value.trim(), mine = ++turn;
      if (!query) {
        status.textContent = "";
        return close();
      }
      engine.suggested(query).then(found => {
        if (mine !== turn || document.activeElement !== input) return;
        close();
        list.replaceChildren.apply(list, found.map(option));
        list.hidden = !found.length;
        input.setAttribute("aria-expanded", String(!!found.length));
        status.textContent = found.length ? "有 " + found.length + " 条建议，用上下键挑选" : "没有建议";
      }, close);
    }
    function later() {
      clearTimeout(timer);
      if (!composing) timer = setTimeout(look, 120);
    }
    function go() {
      location.href = list.children[active].dataset.address + (/^file:/.test(list.children[active].dataset.address) ? "index.html" : "");
    }

    input.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
    input.addEventListener("compositionend", () => { composing = false; later(); });
    input.addEventListener("input", event => { if (!event.isComposing) later(); });
    input.addEventListener("keydown", event => {
      var last = list.children.length - 1;
      if (composing || event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      if (event.key === "Enter" && active >= 0) { event.preventDefault(); go(); }
      if (list.hidden || last < 0) return;
      if (event.key === "ArrowDown") { event.preventDefault(); point(active < last ? active + 1 : -1); }
      if (event.key === "ArrowUp") { event.preventDefault(); point(active < 0 ? last : active - 1); }
      if (active >= 0 && event.key === "Home") { event.preventDefault(); point(0); }
      if (active >= 0 && event.key === "End") { event.preventDefault(); point(last); }
    });
    list.addEventListener("mousedown", event => { event.preventDefault(); });
    list.addEventListener("click", event => {
      var item = event.target.closest("[role=option]");
      if (!item) return;
      active = Array.prototype.indexOf.call(list.children, item);
      go();
    });
    // whoever has sent the query reads results: no suggestion comes late and lies over them
    function leave() { clearTimeout(timer); close(); }
    input.addEventListener("blur", leave);
    input.form.addEventListener("submit", leave);
    if (document.activeElement === input && input.value) {
      composing = !!window.exhibitionBoot.composing;
      later();
    }
  }
  document.querySelectorAll("[data-search-field]").forEach(attach);
})();
