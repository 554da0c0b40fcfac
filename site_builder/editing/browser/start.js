// The window opens: what the exhibition is, then the part of the editor that the address names.
(function (editor) {
  "use strict";
  var main = document.getElementById("main"), first = true, turn = 0;

  function query(text) {
    var found = {};
    text.split("&").filter(Boolean).forEach(function (part) {
      var at = part.indexOf("=");
      found[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1));
    });
    return found;
  }
  function go() {
    var parts = location.hash.replace(/^#\/?/, "").split("?"), path = parts[0], mine = turn += 1, opened;
    editor.closeEntry();
    var told = document.getElementById("told");
    if (!told.hasAttribute("data-stay")) editor.tell("");
    told.removeAttribute("data-stay");
    if (path.indexOf("entry/") === 0) opened = editor.openEntry(path.slice(6).split("/").map(decodeURIComponent).join("/"));
    else if (path === "list") opened = editor.openList(query(parts[1] || ""));
    else if (path === "new") opened = editor.openNew();
    else opened = editor.openHome();
    Array.prototype.forEach.call(document.querySelectorAll(".desk-head nav a"), function (one) {
      if (one.getAttribute("href") === "#/" + path) one.setAttribute("aria-current", "page");
      else one.removeAttribute("aria-current");
    });
    opened.then(function (draw) {
      // what comes after another view was asked for draws nothing
      if (mine !== turn) return;
      draw(main);
      main.setAttribute("data-ready", path);
      // a new view begins at its top, for eyes and for screen readers
      if (!first) { window.scrollTo(0, 0); main.focus(); }
      first = false;
    }).catch(function (fault) {
      if (mine !== turn) return;
      editor.fill(main, editor.h("div", { class: "page narrow" }, editor.h("h1", {}, "打不开"), editor.h("p", {}, editor.words(fault)), editor.h("p", {}, editor.h("a", { class: "btn btn--quiet", href: "#/" }, "回到开头"))));
      editor.failed(fault);
    });
  }
  // a file dropped beside its frame would be opened by the browser in place of the form
  ["dragover", "drop"].forEach(function (name) {
    window.addEventListener(name, function (event) {
      if (event.defaultPrevented || Array.prototype.indexOf.call(event.dataTransfer.types, "Files") < 0) return;
      event.preventDefault();
      if (name === "drop") editor.tell(editor.open ? "没有放进来：请拖到“图片”等栏目的虚线框里。" : "没有放进来：先打开一个条目，再拖到它的虚线框里。", { bad: true });
    });
  });
  editor.get("start").then(function (about) {
    editor.about = about;
    document.getElementById("name").textContent = about.name + " · 编辑";
    return editor.named();
  }).then(function () {
    window.addEventListener("hashchange", function () { main.removeAttribute("data-ready"); go(); });
    go();
  }).catch(function (fault) { editor.fill(main, editor.h("p", { class: "page narrow" }, fault.message || "")); editor.failed(fault); });
})(window.editor);
