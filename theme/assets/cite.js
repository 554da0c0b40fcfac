// References: the reader's own day in place of its name, buttons that copy a text or save it as a file.
(function () {
  "use strict";
  function each(node, selector, act) {
    Array.prototype.forEach.call(node.querySelectorAll(selector), act);
  }

  function today() {
    var now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
      return (part < 10 ? "0" : "") + part;
    }).join("-");
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

  each(document, ".cite", function (fold) {
    fold.addEventListener("toggle", function opened() {
      fold.removeEventListener("toggle", opened);
      each(fold, "[data-today]", function (place) { place.textContent = today(); });
      each(fold, ".cite__t", function (text) {
        var acts = document.createElement("p");
        acts.className = "cite__acts";
        acts.setAttribute("aria-live", "polite");
        acts.appendChild(button("复制", function (say) {
          window.exhibitionCopy(text.textContent).then(function () { say("已复制"); }, function () { say("请长按文字复制"); });
        }));
        // messengers refuse downloads: there the text is copied
        if (text.dataset.file && !/MicroMessenger/.test(navigator.userAgent)) {
          acts.appendChild(button("保存文件", function () { save(fold.dataset.name + "." + text.dataset.file, text.textContent); }));
        }
        text.parentNode.appendChild(acts);
      });
    });
  });
}());
