// A page of results as a table: the visitor chooses columns (in the address), sorts by headers, takes the whole list along as a file.
(() => {
  "use strict";
  var MOST = 5000, BATCH = 48, views = window.exhibitionViews = window.exhibitionViews || {}, kept = { open: false, focus: "" };
  var FIELDS = [["by", "单位"], ["people", "人员"], ["meta", "年份与荣誉"], ["summary", "简介"]];
  var USUAL = ["kind", "by", "edition", "grade", "year", "industry", "people"];
  var ORDERS = { title: "ascending", grade: "ascending", edition: "descending", year: "descending", benefit: "descending" };
  var here = document.currentScript.src;

  function make(tag, className, words) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (words !== undefined) node.textContent = words;
    return node;
  }
  function button(className, words, act) {
    var node = make("button", className, words);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  // every column that this part of the exhibition can fill, in a fixed order
  function known(place) {
    var found = FIELDS.map(field => ({
      name: field[0],
      label: field[1],
      field: true
    }));
    place.columns.facets.forEach(facet => {
      // the entry's own words come before a facet of the same name
      var said = found.some(one => one.label === facet.label);
      if (!said && !/^has_/.test(facet.name)) found.push({ name: facet.name, label: facet.label, field: false });
    });
    return found;
  }
  function chosen(place, all) {
    var given = place.state.more.cols, names = given === undefined || given === null ? USUAL : given.split(",");
    return all.filter(one => names.indexOf(one.name) >= 0).sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  }
  function filled(place, columns) {
    return Promise.all(columns.map(one => one.field ? null : place.columns.facet(one.name))).then(facets => columns.map((one, at) => {
      var facet = facets[at];
      one.cell = one.field ? record => record[one.name] || "" : record => Array.from(facet.of(record.id)).map(value => facet.labels[value]).join("、");
      return one;
    }));
  }

  // --- table ---------------------------------------------------------------------------------------------------------

  function header(place, name, label) {
    var cell = make("th"), sorts = place.sorts.map(sort => sort.name);
    cell.scope = "col";
    if (sorts.indexOf(name) < 0 || !ORDERS[name]) {
      cell.textContent = label;
      return cell;
    }
    var now = place.state.sort === name;
    var way = cell.appendChild(button("table__s", label, () => {
      kept.focus = "sort-" + name;
      place.go({ sort: name });
    }));
    way.dataset.key = "sort-" + name;
    if (now) cell.setAttribute("aria-sort", ORDERS[name]);
    else way.appendChild(make("span", "vh", "，按此排列"));
    return cell;
  }
  function table(place, columns) {
    var wrap = make("div", "table-wrap"), node = wrap.appendChild(make("table", "table"));
    var from = place.first + 1, to = place.first + place.shown.length;
    node.createCaption().textContent = "第 " + from + " 至 " + to + " 项，共 " + place.ids.length.toLocaleString("en") + " 项";
    var head = node.createTHead().insertRow();
    head.append.apply(head, [header(place, "title", "名称")].concat(columns.map(one => header(place, one.name, one.label))));
    var body = node.createTBody();
    place.shown.forEach(record => {
      var row = body.insertRow(), name = row.appendChild(make("th")), way = name.appendChild(make("a", "", record.title));
      row.dataset.result = record.path;
      name.scope = "row";
      way.href = place.href(record);
      columns.forEach(one => { row.insertCell().textContent = one.cell(record); });
    });
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    wrap.setAttribute("aria-label", "结果表格，可左右滑动");
    return wrap;
  }

  // --- choice of columns ---------------------------------------------------------------------------------------------

  function choose(place, names) {
    place.go({ more: { cols: names.join(",") || "title" }, page: place.state.page }, "replace");
  }
  function menu(place, all, columns) {
    var box = make("details", "cols"), set = make("fieldset"), names = columns.map(one => one.name);
    box.open = kept.open;
    box.appendChild(make("summary", "", "选择列（" + (columns.length + 1) + "）"));
    set.appendChild(make("legend", "vh", "要显示的列"));
    all.forEach(one => {
      var label = set.appendChild(make("label")), tick = label.appendChild(make("input"));
      tick.type = "checkbox";
      tick.value = one.name;
      tick.checked = names.indexOf(one.name) >= 0;
      tick.dataset.key = "col-" + one.name;
      label.appendChild(make("span", "", one.label));
      tick.addEventListener("change", () => {
        kept = { open: true, focus: "col-" + one.name };
        choose(place, tick.checked ? names.concat(one.name) : names.filter(name => name !== one.name));
      });
    });
    box.appendChild(set);
    box.addEventListener("toggle", () => { kept.open = box.open; });
    box.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !box.open) return;
      box.open = false;
      box.querySelector("summary").focus();
    });
    return box;
  }

  // --- the whole list as a file --------------------------------------------------------------------------------------

  function writer() {
    if (window.exhibitionTable) return Promise.resolve(window.exhibitionTable);
    return new Promise((done, failed) => {
      var script = window.exhibitionBoot.script(new URL("../../csv.js", here).href);
      script.onload = () => { done(window.exhibitionTable); };
      script.onerror = failed;
      document.head.appendChild(script);
    });
  }
  // in batches, so that some thousand small files do not go out at once
  function gathered(place, tell) {
    var ids = Array.from(place.ids), found = [];
    function next(from) {
      if (from >= ids.length) return Promise.resolve(found);
      tell(from);
      return place.columns.listed(ids.slice(from, from + BATCH)).then(some => {
        found = found.concat(some);
        return next(from + BATCH);
      });
    }
    return next(0);
  }
  function download(place, columns) {
    var total = place.ids.length, box = make("p", "table__d"), words = "下载 " + total.toLocaleString("en") + " 项";
    if (total > MOST) {
      box.textContent = "结果超过 " + MOST.toLocaleString("en") + " 项，请先筛选，再下载表格。";
      return box;
    }
    var say = make("span", "meta"), busy = false, way = box.appendChild(button("btn btn--quiet", words, () => {
      if (busy) return;
      busy = true;
      Promise.all([writer(), gathered(place, done => { say.textContent = "正在整理 " + done + " / " + total; })]).then(got => {
        var heads = ["名称"].concat(columns.map(one => one.label), "网址");
        got[0].save("检索结果", [heads].concat(got[1].map(record => [record.title].concat(columns.map(one => one.cell(record)), record.address))));
        say.textContent = "已下载，可用 Excel 打开";
      }).catch(() => {
        say.textContent = "没有下载成功，请再试一次";
      }).then(() => { busy = false; });
    }));
    way.appendChild(make("span", "vh", "的表格"));
    say.setAttribute("role", "status");
    box.appendChild(say);
    return box;
  }

  views.table = place => {
    var all = known(place);
    return filled(place, chosen(place, all)).then(columns => {
      var tools = make("div", "table__t no-print");
      tools.append(menu(place, all, columns), download(place, columns));
      place.root.replaceChildren(tools, table(place, columns));
      var back = kept.focus && place.root.querySelector('[data-key="' + kept.focus + '"]');
      kept.focus = "";
      // the view stands in the page only after this promise
      if (back) setTimeout(() => { back.focus({ preventScroll: true }); });
    });
  };
})();
