// The first page, which says what to mend; the list of all entries; and the beginning of a new one. What a view asks for comes before it is drawn.
(function (editor) {
  "use strict";
  var h = editor.h, STEP = 60;
  var STATES = { draft: "草稿", notice: "公示", published: "发布", withdrawn: "撤下" };

  editor.kindNamed = function (name) { return editor.about.kinds.filter(function (one) { return one.name === name; })[0]; };
  function link(row) { return "#/entry/" + row.path.split("/").map(encodeURIComponent).join("/"); }

  function line(row) {
    var marks = [];
    if (row.errors) marks.push(h("span", { class: "mark mark--bad" }, row.errors + " 处错误"));
    if (row.warnings) marks.push(h("span", { class: "mark" }, row.warnings + " 处要注意"));
    if (row.draft) marks.push(h("span", { class: "mark" }, "有没保存的内容"));
    return h("li", {}, h("a", { class: "line", href: link(row) }, h("span", { class: "line__title" }, row.title),
      h("span", { class: "line__about" }, [editor.kindNamed(row.kind).label, row.edition, STATES[row.status] || "读不出来"].filter(Boolean).join(" · ")), marks.length ? h("span", { class: "line__marks" }, marks) : "",
      row.worst && row.errors ? h("span", { class: "line__why" }, editor.words({ message: row.worst.message })) : ""));
  }

  editor.openHome = function () {
    return editor.get("overview").then(function (whole) { return function (main) { home(main, whole); }; });
  };
  function home(main, whole) {
    var rows = whole.rows, bad = rows.filter(function (one) { return one.errors; }), odd = rows.filter(function (one) { return !one.errors && one.warnings; });
    var waiting = rows.filter(function (one) { return one.draft; }), drafts = rows.filter(function (one) { return one.status === "draft"; });
    function part(title, found, words, all) {
      return found.length ? h("section", { class: "part" }, h("h2", {}, title + "（" + found.length + "）"), words ? h("p", { class: "quiet" }, words) : "", h("ul", { class: "lines" }, found.slice(0, all ? 8 : found.length).map(line)), all && found.length > 8 ? h("p", {}, h("a", { class: "way", href: "#/list?" + all }, "看全部")) : "") : "";
    }
    editor.fill(main, h("div", { class: "page narrow" }, h("h1", {}, "先看这里"),
      h("p", { class: "sum" }, "共 " + rows.length + " 个条目。" + (bad.length ? "有 " + bad.length + " 个条目有错误，改好以后才能建成网站。" : "没有错误，可以建成网站。")),
      h("p", { class: "row" }, h("a", { class: "btn", href: "#/new" }, "新建条目"), h("a", { class: "btn btn--quiet", href: "#/list" }, "找一个条目来改")),
      part("没有保存完的", waiting, "上次写了没有保存，打开就会恢复。"), part("要先改好的", bad, "", "problems=1"),
      whole.elsewhere.length ? h("section", { class: "part" }, h("h2", {}, "别的文件里的（" + whole.elsewhere.length + "）"), h("ul", {}, whole.elsewhere.slice(0, 12).map(function (one) { return h("li", {}, editor.word(one) + one.path + "：" + editor.words({ message: one.message })); }))) : "",
      part("还是草稿的", drafts, "写好以后把状态改成“发布”。", "status=draft"), part("可以改得更好的", odd, "", "problems=1")));
    document.title = "编辑 · " + editor.about.name;
  }

  editor.openList = function (query) {
    return editor.get("overview").then(function (whole) { return function (main) { list(main, whole, query); }; });
  };
  function list(main, whole, query) {
    var count = h("p", { class: "quiet", role: "status" }), list = h("ul", { class: "lines" }), more = editor.button("再看一些", function () { limit += STEP; show(); }), limit = STEP;
    var wanted = h("input", { type: "search", id: "wanted", value: query.q || "", autocomplete: "off" });
    function select(id, words, options, chosen) {
      var node = h("select", { id: id }, h("option", { value: "" }, "全部"), options.map(function (one) { return h("option", { value: one[0] }, one[1]); }));
      node.value = chosen || "";
      return { node: node, box: h("div", { class: "field" }, h("label", { for: id }, words), node) };
    }
    var used = {};
    whole.rows.forEach(function (row) { used[row.kind] = (used[row.kind] || 0) + 1; });
    var kind = select("kind", "种类", editor.about.kinds.filter(function (one) { return used[one.name]; }).map(function (one) { return [one.name, one.label + "（" + used[one.name] + "）"]; }), query.kind);
    var edition = select("edition", "展期", editor.about.editions.map(function (one) { return [one.id, one.title]; }), query.edition);
    var status = select("status", "状态", Object.keys(STATES).map(function (key) { return [key, STATES[key]]; }), query.status);
    var faulty = h("input", { type: "checkbox", id: "faulty" });
    faulty.checked = query.problems === "1";
    function show() {
      var words = wanted.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      var found = whole.rows.filter(function (row) {
        var text = (row.title + " " + row.id + " " + row.edition).toLowerCase();
        return (!kind.node.value || row.kind === kind.node.value) && (!edition.node.value || row.edition === edition.node.value) && (!status.node.value || row.status === status.node.value) &&
          (!faulty.checked || row.errors || row.warnings) && words.every(function (word) { return text.indexOf(word) >= 0; });
      });
      found.sort(function (a, b) { return b.errors - a.errors || (faulty.checked ? b.warnings - a.warnings : 0); });
      count.textContent = found.length + " 个条目";
      editor.fill(list, found.slice(0, limit).map(line));
      more.hidden = found.length <= limit;
      var kept = { q: wanted.value, kind: kind.node.value, edition: edition.node.value, status: status.node.value, problems: faulty.checked ? "1" : "" };
      var tail = Object.keys(kept).filter(function (key) { return kept[key]; }).map(function (key) { return key + "=" + encodeURIComponent(kept[key]); }).join("&");
      history.replaceState(null, "", "#/list" + (tail ? "?" + tail : ""));
    }
    function fresh() { limit = STEP; show(); }
    var sheet = h("form", { class: "filters", role: "search", oninput: fresh, onsubmit: function (event) { event.preventDefault(); } },
      h("div", { class: "field" }, h("label", { for: "wanted" }, "找"), wanted), kind.box, edition.box, status.box, h("label", { class: "tick" }, faulty, h("span", {}, "只看要改的")));
    editor.fill(main, h("div", { class: "page narrow" }, h("h1", {}, "全部条目"), sheet, count, list, more));
    document.title = "全部条目 · 编辑";
    show();
  }

  editor.openNew = function () { return Promise.resolve(begin); };
  function begin(main) {
    var kind = h("select", { id: "new-kind" }, editor.about.kinds.map(function (one) { return h("option", { value: one.name }, one.label); }));
    var title = h("input", { type: "text", id: "new-title", autocomplete: "off", "aria-required": "true" });
    var edition = h("select", { id: "new-edition" }, h("option", { value: "" }, "不写"), editor.about.editions.map(function (one) { return h("option", { value: one.id }, one.title); }));
    var name = h("input", { type: "text", id: "new-id", autocomplete: "off", "aria-describedby": "new-id-help", spellcheck: "false" }), own = false;
    var house = h("div", { class: "field" }, h("label", { for: "new-edition" }, "展期"), edition), bad = h("p", { class: "field__fault", role: "alert", hidden: true });
    if (editor.about.editions[0]) edition.value = editor.about.editions[0].id;
    function given() { return { kind: kind.value, title: title.value, id: name.value, edition: kind.value === "project" ? edition.value : "" }; }
    var propose = editor.later(function () {
      house.hidden = kind.value !== "project";
      if (own || !title.value.trim()) return;
      editor.post("propose", Object.assign(given(), { id: "" })).then(function (answer) { if (!own) name.value = answer.id; }).catch(editor.failed);
    }, 250);
    name.addEventListener("input", function () { own = name.value !== ""; });
    [kind, title].forEach(function (one) { one.addEventListener("input", propose); });
    var sheet = h("form", { class: "sheet", onsubmit: function (event) {
      event.preventDefault();
      editor.post("new", given()).then(function (answer) { location.hash = link(answer); }, function (fault) {
        bad.hidden = false;
        bad.textContent = editor.words(fault);
      });
    } }, h("div", { class: "field" }, h("label", { for: "new-kind" }, "种类"), kind), h("div", { class: "field" }, h("label", { for: "new-title" }, "标题或名称"), title), house,
    h("div", { class: "field" }, h("label", { for: "new-id" }, "编号"), h("p", { class: "field__help", id: "new-id-help" }, "网址的一部分，按拼音给出，一般不用改；定下来以后不要再改。"), name), bad,
    h("p", { class: "quiet" }, "新条目的状态是草稿，写好以后改成“发布”。"), h("div", { class: "row" }, h("button", { type: "submit", class: "btn" }, "建好，开始填")));
    editor.fill(main, h("div", { class: "page narrow" }, h("h1", {}, "新建条目"), sheet));
    document.title = "新建 · 编辑";
    propose.now();
  }
})(window.editor);
