// References, fetched when their fold is opened: the reader's own day, the forms that programs read and a card for other sites, all
// made of what the head of the page says; buttons that copy a text or save it as a file.
(function () {
  "use strict";
  var fold = document.querySelector(".cite"), linked = document.querySelector("[data-linked]");
  var thing = linked ? JSON.parse(linked.textContent).mainEntity : {};
  var LATEX = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  var HTML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

  function said(selector) {
    return Array.prototype.map.call(document.querySelectorAll(selector), function (node) { return node.content; });
  }
  function of(element) { return said('meta[name="DC.' + element + '"]'); }
  // on one line, for a line break ends a field
  function plain(text) { return text.trim().replace(/\s+/g, " "); }
  function latex(text) {
    return plain(text).replace(/[\\~^&%$#_{}]/g, function (sign) { return LATEX[sign] || "\\" + sign; });
  }
  function html(text) {
    return plain(text).replace(/[&<>"]/g, function (sign) { return HTML[sign]; });
  }

  var title = of("title")[0], authors = of("creator"), house = of("publisher").pop(), site = said('meta[name="SiteName"]')[0];
  var day = (said('meta[name="PubDate"]')[0] || "").slice(0, 10), url = of("identifier")[0] || "";

  function bibtex() {
    var fields = [
      ["author", authors.length ? authors.map(latex).join(" and ") : "{" + latex(house) + "}"],
      ["title", "{" + latex(title) + "}"],
      ["howpublished", latex(site)],
      ["publisher", latex(house)],
      ["year", day.slice(0, 4)],
      ["date", day],
      ["url", url],
      ["language", "zh-CN"]
    ].filter(function (field) { return field[1]; });
    var lines = fields.map(function (field) { return "  " + field[0] + " = {" + field[1] + "}"; });
    return "@misc{" + fold.dataset.name + ",\n" + lines.join(",\n") + "\n}\n";
  }
  function ris() {
    function each(tag, words) { return words.map(function (one) { return [tag, one]; }); }
    var tags = [["TY", "ELEC"]].concat(
      each("AU", authors.length ? authors : [house]),
      [["TI", title], ["T2", site], ["PB", house], ["PY", day.slice(0, 4)], ["DA", day.replace(/-/g, "/")]],
      each("KW", of("subject")),
      [["LA", "zh-CN"], ["UR", url]]
    ).filter(function (tag) { return tag[1]; });
    return tags.map(function (tag) { return tag[0] + "  - " + plain(tag[1]) + "\n"; }).join("") + "ER  - \n";
  }
  // plain HTML that any site may paste: no script, no class, and readable where inline style is refused
  function card() {
    var page = html(thing.url), picture = said('meta[property="og:image"]')[0] || "", whose = document.querySelector(".whose");
    var shown = /\/share\/[^/]+\/[^/]+$/.test(picture) ? '<a href="' + page + '"><img src="' + html(picture) +
      '" alt="" width="1200" height="630" loading="lazy" style="display:block;width:100%;height:auto"></a>\n' : "";
    return '<blockquote cite="' + html(url) + '" style="max-width:24em;margin:1em 0;padding:0;border:1px solid #ccc">\n' + shown +
      '<p style="margin:.8em 1em"><a href="' + page + '"><b>' + html(title) + "</b></a><br>\n" +
      (whose ? html(whose.textContent) + "<br>" : "") + "\n<small>" + html(site) + "</small></p>\n</blockquote>";
  }

  function put(parent, tag, words) {
    var made = document.createElement(tag);
    if (words) made.textContent = words;
    return parent.appendChild(made);
  }
  function block(label, words, ending) {
    var made = document.createElement("div");
    put(made, "dt", label);
    var text = put(put(made, "dd"), "pre", words);
    text.className = "cite__t";
    if (ending) text.dataset.file = fold.dataset.name + ending;
    return made;
  }

  function button(words, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", function () {
      act(function (said) {
        made.textContent = said;
        setTimeout(function () { made.textContent = words; }, 2000);
      });
    });
    return made;
  }
  function save(name, text) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  var now = new Date(), today = fold.querySelector("[data-today]"), after = today.closest("div").nextSibling;
  today.textContent = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
    return (part < 10 ? "0" : "") + part;
  }).join("-");
  [
    block("BibTeX", bibtex(), ".bib"),
    block("RIS (EndNote, NoteExpress, Zotero)", ris(), ".ris"),
    url && block("嵌入其他网站：把这段代码粘贴到网页里", card())
  ].forEach(function (one) { if (one) fold.querySelector("dl").insertBefore(one, after); });

  Array.prototype.forEach.call(fold.querySelectorAll(".cite__t"), function (text) {
    var acts = put(text.parentNode, "p");
    acts.className = "cite__acts";
    acts.setAttribute("aria-live", "polite");
    acts.appendChild(button("复制", function (say) {
      window.exhibitionCopy(text.textContent).then(function () { say("已复制"); }, function () { say("请长按文字复制"); });
    }));
    // messengers refuse downloads: there the text is copied
    if (text.dataset.file && !/MicroMessenger/.test(navigator.userAgent)) {
      acts.appendChild(button("保存文件", function () { save(text.dataset.file, text.textContent); }));
    }
  });
}());
