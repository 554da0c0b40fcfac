// The facets beside a list: a column on wide screens, on phones a sheet over the page that keeps the focus until it is closed.
(root => {
  "use strict";
  var SHOWN = 8, GREY = 12, OPEN = 4, WIDE = "(min-width: 60rem)";
  // told apart by what they are of: 全部 87 个工会
  var MEASURES = { organisation: "家", union: "家" };

  function make(tag, className, words) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (words !== undefined) node.textContent = words;
    return node;
  }
  function button(className, words) {
    var node = make("button", className, words);
    node.type = "button";
    return node;
  }

  // values in the order in which they stand for good: the facet's own or by number, children under their parents
  function tree(column, totals) {
    var below = new Map(), found = [];
    column.labels.forEach((_, at) => {
      if (!totals[at]) return;
      var above = column.parents ? column.parents[at] : -1;
      if (!below.has(above)) below.set(above, []);
      below.get(above).push(at);
    });
    function walk(above, depth) {
      var line = below.get(above) || [];
      if (column.order === "count") line.sort((a, b) => totals[b] - totals[a] || a - b);
      line.forEach(at => {
        found.push({ at: at, depth: depth });
        if (depth < 4) walk(at, depth + 1);
      });
    }
    walk(-1, 0);
    return found;
  }

  // what is chosen, with all that stands above it
  function lineage(column, chosen) {
    var found = new Set();
    chosen.forEach((on, value) => {
      for (var at = value; on && at >= 0 && !found.has(at); at = column.parents ? column.parents[at] : -1) found.add(at);
    });
    return found;
  }
  // the short list: the first of the uppermost values that would bring something
  function shortened(rows, some) {
    if (rows.length <= SHOWN + 2) return rows;
    var tops = rows.filter(one => !one.depth);
    return (tops.length < 3 ? rows : tops).filter(some).slice(0, SHOWN);
  }

  // one facet: filled when it is opened
  function group(facet, place) {
    // a closed one may stand there already, by its name only
    var node = place.side.querySelector("[data-facet='" + facet.name + "']") || make("details", "fac"), number = make("b", "fac__n");
    var head = node.firstChild || node.appendChild(make("summary", "", facet.label));
    var column = null, totals = null, rows = [], whole = false, box = null, list = null, more = null, asked = null;
    node.dataset.facet = facet.name;
    head.appendChild(number);
    var field = node.appendChild(make("fieldset"));
    field.appendChild(make("legend", "vh", facet.label));

    function row(value) {
      var line = make("li"), label = make("label"), input = make("input"), code = column.code(value.at);
      input.type = "checkbox";
      label.dataset.value = code;
      label.append(input, make("span", "", column.labels[value.at]), make("em"));
      if (value.depth) line.className = "fac__" + Math.min(3, value.depth);
      line.appendChild(label);
      input.addEventListener("change", () => {
        place.choose(facet.name, code, input.checked, label);
      });
      return { node: line, input: input, number: label.lastChild, at: value.at, depth: value.depth, words: column.labels[value.at].toLowerCase() };
    }
    function years() {
      list = make("div", "fac__y");
      ["从", "到"].forEach((words, end) => {
        var label = make("label", "", words), select = make("select");
        select.appendChild(new Option(end ? "最近" : "最早", ""));
        column.labels.forEach((year, at) => { if (totals[at]) select.appendChild(new Option(year, year)); });
        select.addEventListener("change", () => {
          var got = Array.from(list.querySelectorAll("select"), one => +one.value || null);
          place.years(got[0] && got[1] && got[0] > got[1] ? [got[1], got[0]] : got, select);
        });
        label.appendChild(select);
        list.appendChild(label);
      });
      field.appendChild(list);
    }
    function values() {
      list = make("ul");
      rows = tree(column, totals).map(row);
      list.append.apply(list, rows.map(one => one.node));
      if (rows.length > SHOWN + 2) {
        box = make("input", "fac__i");
        box.type = "search";
        box.placeholder = "找" + facet.label;
        box.setAttribute("aria-label", "在" + facet.label + "里找");
        box.hidden = true;
        box.addEventListener("input", () => { place.again(); });
        more = button("fac__m", "");
        more.hidden = true;
        more.addEventListener("click", () => {
          whole = !whole;
          box.hidden = !whole;
          box.value = "";
          place.again();
          if (whole) box.focus({ preventScroll: true });
        });
        field.append(box, list, more);
      } else field.appendChild(list);
    }
    function fill() {
      asked = asked || Promise.all([place.lists.column(facet.name), place.lists.totals(facet.name)]).then(got => {
        column = got[0];
        totals = got[1];
        if (facet.name === "year") years();
        else values();
      });
      return asked;
    }
    node.addEventListener("toggle", () => { if (node.open) fill().then(place.again); });

    return {
      name: facet.name, node: node, fill: fill,
      wanted: function () { return node.open ? fill().then(() => column) : Promise.resolve(null); },
      // what is chosen, and how many entries each value would bring
      show: function (state, counts) {
        var words = state.facets[facet.name] || [], chosen = facet.name === "year" ? (state.years ? 1 : 0) : words.length;
        number.textContent = chosen || "";
        node.classList.toggle("fac--on", !!chosen || node.open);
        if (chosen) number.setAttribute("aria-label", "已选 " + chosen + " 个");
        else number.removeAttribute("aria-label");
        if (!column || !list) return;
        if (facet.name === "year") {
          Array.from(list.querySelectorAll("select")).forEach((select, end) => { select.value = (state.years && state.years[end]) || ""; });
          return;
        }
        var ticked = root.exhibitionColumns.chosen(column, words), seek = box ? box.value.trim().toLowerCase() : "";
        var line = lineage(column, ticked), many = rows.length > GREY;
        function bring(one) { return counts ? counts[one.at] : totals[one.at]; }
        var kept = whole ? rows : shortened(rows, one => !many || bring(one));
        rows.forEach(one => {
          var count = bring(one), on = !!ticked[one.at];
          one.input.checked = on;
          one.input.disabled = !on && !count;
          one.number.textContent = count;
          one.node.hidden = !line.has(one.at) && (kept.indexOf(one) < 0 || (seek && one.words.indexOf(seek) < 0) || (!count && many));
        });
        if (more) {
          more.hidden = false;
          more.textContent = whole ? "收起" : "全部 " + rows.length + " " + (MEASURES[facet.name] || "个") + facet.label;
        }
      }
    };
  }

  // the whole panel; `place` gives lists, state(), choose(), years(), again(), reset(), opened(), closed()
  root.exhibitionFacets = place => {
    var node = place.side, wide = matchMedia(WIDE), groups = [], shown = "", from = null, body = node.firstChild;
    var head = node.insertBefore(make("div", "facets__h"), body), title = head.appendChild(make("h2", "", "筛选")), shut = head.appendChild(button("facets__x", "关闭"));
    var foot = node.appendChild(make("div", "facets__f"));
    var reset = foot.appendChild(button("btn btn--quiet", "重置")), done = foot.appendChild(button("btn", "查看"));
    title.tabIndex = -1;
    // nothing is shown until it has its values, so that nothing moves; what stands there by name stays in sight
    if (!sheet() && !body.children.length) node.dataset.due = "";

    function sheet() { return !wide.matches; }
    function dress() {
      var open = !node.hidden && sheet();
      ["role", "aria-modal"].forEach(name => { node.removeAttribute(name); });
      if (open) {
        node.setAttribute("role", "dialog");
        node.setAttribute("aria-modal", "true");
      }
      document.documentElement.classList.toggle("sheet-open", open);
    }
    function hide() {
      if (node.hidden || !sheet()) return;
      node.hidden = true;
      dress();
      if (from && document.contains(from)) from.focus({ preventScroll: true });
    }
    wide.addListener(() => {
      node.hidden = sheet();
      dress();
      place.again();
    });
    shut.addEventListener("click", () => { place.closed(); });
    done.addEventListener("click", () => { place.closed(); });
    reset.addEventListener("click", () => { place.reset(); });
    node.addEventListener("keydown", event => {
      if (!sheet()) return;
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        place.closed();
      }
      if (event.key !== "Tab") return;
      var stops = Array.from(node.querySelectorAll("button,summary,input,select")).filter(one => !one.disabled && one.offsetParent);
      var edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (document.activeElement === edge || document.activeElement === title && event.shiftKey) {
        event.preventDefault();
        (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
      }
    });

    // facets that come and go keep their places; those that stay are not touched
    function arrange(facets, state) {
      var names = facets.map(one => one.name).join(" ");
      if (names === shown) return;
      var first = !shown, old = groups;
      shown = names;
      groups = facets.map(facet => old.find(one => one.name === facet.name) || group(facet, place));
      old.forEach(one => { if (groups.indexOf(one) < 0) one.node.remove(); });
      groups.forEach((one, at) => {
        if (body.children[at] !== one.node) body.insertBefore(one.node, body.children[at] || null);
      });
      if (first) groups.forEach((one, at) => { one.node.open = one.node.open || at < OPEN && !place.frugal() || !!state.facets[one.name] || one.name === "year" && !!state.years; });
    }

    node.hidden = sheet();
    return {
      node: node, arrange: arrange, hide: hide,
      open: function (button, name) {
        from = button || from;
        // what is hidden cannot have the focus
        node.removeAttribute("data-due");
        var wanted = groups.find(one => one.name === name);
        if (wanted) wanted.node.open = true;
        if (sheet()) {
          node.hidden = false;
          dress();
          title.focus({ preventScroll: true });
        } else (groups.length ? groups[0].node.querySelector("summary") : title).focus({ preventScroll: true });
        if (wanted) wanted.node.scrollIntoView({ block: "start" });
      },
      isOpen: function () { return !node.hidden; },
      isSheet: function () { return sheet() && !node.hidden; },
      // columns of the facets that are in sight
      wanted: function () {
        return node.hidden ? Promise.resolve([]) : Promise.all(groups.map(one => one.wanted())).then(got => got.filter(Boolean));
      },
      show: function (state, counts, words) {
        if (groups.length) node.removeAttribute("data-due");
        groups.forEach(one => { one.show(state, counts[one.name]); });
        done.textContent = "查看 " + words;
        reset.disabled = !root.exhibitionState.narrows(state);
      },
      // what is chosen where stays under the finger, though values above it come and go
      steady: function (label, change) {
        var box = sheet() ? body : node, before = label ? label.getBoundingClientRect().top : 0;
        change();
        if (label && document.contains(label)) box.scrollTop += label.getBoundingClientRect().top - before;
      }
    };
  };
})(window);
