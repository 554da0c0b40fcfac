// The search page: query, kind and page live in its address, so that Back and a shared link show the same list.
(function () {
  "use strict";
  var engine = window.exhibitionEngine, SIZE = 24, turn = 0, timer = 0, composing = false;
  var place = document.querySelector("[data-search]"), form = place.querySelector("form"), input = form.elements.q;
  var count = place.querySelector("[data-count]"), tabs = place.querySelector("[data-tabs]"), list = place.querySelector("[data-results]");
  var pager = place.querySelector("[data-pager]"), none = place.querySelector("[data-none]"), before = place.querySelector("[data-before]");

  function make(tag, className, words) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (words !== undefined) node.textContent = words;
    return node;
  }
  function pieces(node, parts) {
    parts.forEach(function (part) {
      if (part[1]) node.appendChild(make("mark", "", part[0]));
      else node.appendChild(document.createTextNode(part[0]));
    });
    return node;
  }
  function state() {
    var given = new URLSearchParams(location.search);
    return { q: given.get("q") || "", page: Math.max(1, parseInt(given.get("page"), 10) || 1), kind: given.get("kind") || "" };
  }
  function address(to) {
    var given = new URLSearchParams();
    ["q", "kind"].forEach(function (name) { if (to[name]) given.set(name, to[name]); });
    if (to.page > 1) given.set("page", to.page);
    return location.pathname + (String(given) ? "?" + given : "");
  }
  function link(to, words, current) {
    var node = make("a", "", words);
    node.href = address(to);
    node.dataset.go = "";
    if (current) node.setAttribute("aria-current", current);
    return node;
  }
  function page(record, terms) {
    var item = make("li", "found"), way = make("a", "found__a");
    item.dataset.result = record.address.slice(engine.site.length);
    way.href = record.address + (/^file:/.test(engine.site) ? "index.html" : "");
    way.appendChild(pieces(make("h2", "work__t"), engine.title(record, terms)));
    way.appendChild(make("p", "meta", [record.kind, record.by, record.people, record.meta].filter(Boolean).join("　")));
    way.appendChild(pieces(make("p", "found__x"), engine.excerpt(record, terms)));
    item.appendChild(way);
    return item;
  }
  function clear() {
    [tabs, list, pager, none].forEach(function (node) { node.replaceChildren(); node.hidden = true; });
  }

  function showTabs(found, to) {
    if (found.kinds.length < 2) return;
    var every = link({ q: to.q }, "全部", to.kind ? "" : "true");
    every.appendChild(make("em", "", found.kinds.reduce(function (sum, kind) { return sum + kind.count; }, 0)));
    tabs.appendChild(every);
    found.kinds.forEach(function (kind) {
      var one = link({ q: to.q, kind: kind.name }, kind.label, kind.name === to.kind ? "true" : "");
      one.appendChild(make("em", "", kind.count));
      tabs.appendChild(one);
    });
    tabs.hidden = false;
  }
  function showPager(pages, to) {
    if (pages < 2) return;
    var row = make("ol"), gap = false;
    pager.appendChild(make("p", "pager__w", "第 " + to.page + " 页，共 " + pages + " 页"));
    function turned(number) { return { q: to.q, kind: to.kind, page: number }; }
    if (to.page > 1) pager.appendChild(link(turned(to.page - 1), "上一页")).className = "pager__p";
    for (var number = 1; number <= pages; number++) {
      if (number !== 1 && number !== pages && Math.abs(number - to.page) > 1) {
        if (!gap) row.appendChild(make("li", "pager__g", "…")).setAttribute("aria-hidden", "true");
        gap = true;
        continue;
      }
      gap = false;
      row.appendChild(make("li")).appendChild(link(turned(number), number, number === to.page ? "page" : ""));
    }
    pager.appendChild(row);
    if (to.page < pages) pager.appendChild(link(turned(to.page + 1), "下一页")).className = "pager__n";
    pager.hidden = false;
  }

  function showNone(found, to, mine) {
    var failed = found.failed, words = failed.map(function (term) { return "“" + term.text + "”"; }).join("、");
    none.appendChild(make("p", "", failed.length ? "没有找到" + words + "。" : "没有哪一条同时符合这些条件。"));
    var wanted = found.terms;
    if (wanted.length > 1) {
      var ways = none.appendChild(make("ul", "none__w"));
      wanted.forEach(function (term) {
        var rest = wanted.filter(function (other) { return other !== term; }).map(function (other) { return other.shown; }).join(" ");
        if (/^[-－]/.test(rest) || failed.length && failed.indexOf(term) < 0) return;
        ways.appendChild(make("li", "", "去掉“" + term.shown + "”：")).appendChild(link({ q: rest }, rest));
      });
    }
    none.hidden = false;
    Promise.all(failed.filter(function (term) { return "oha".indexOf(term.mark) >= 0 || !term.mark; }).map(function (term) {
      return engine.near(term).then(function (close) {
        if (mine !== turn || !close.length) return;
        var line = none.insertBefore(make("p", "none__n", "您是不是要找："), none.children[1] || null);
        close.forEach(function (word) {
          var way = link({ q: to.q.replace(term.text, word) }, word);
          way.dataset.near = word;
          line.appendChild(way);
        });
      });
    }));
  }

  function say(words) { count.textContent = words; }

  function show(then) {
    var to = state(), mine = ++turn;
    before.hidden = !!to.q.trim();
    if (!to.q.trim()) {
      clear();
      say("");
      return;
    }
    var slow = setTimeout(function () { if (mine === turn) say("正在查找…"); }, 300);
    engine.search(to.q).then(function (found) {
      if (mine !== turn) return null;
      var kind = found.kinds.find(function (one) { return one.name === to.kind; });
      var ids = kind ? found.ids.filter(function (id) { return engine.kindOf(id) === kind.at; }) : found.ids;
      var pages = Math.max(1, Math.ceil(ids.length / SIZE));
      to.page = Math.min(to.page, pages);
      to.kind = kind ? kind.name : "";
      return (ids.length ? engine.page(found, ids.slice((to.page - 1) * SIZE, to.page * SIZE)) : Promise.resolve([])).then(function (shown) {
        if (mine !== turn) return;
        clearTimeout(slow);
        clear();
        if (found.empty) return say("请输入要找的字词。");
        say(ids.length ? "找到 " + (found.more ? "至少 " : "") + ids.length + " 条" : "找到 0 条");
        count.dataset.count = ids.length;
        showTabs(found, to);
        list.start = (to.page - 1) * SIZE + 1;
        list.append.apply(list, shown.map(function (record) { return page(record, found.terms); }));
        list.hidden = !ids.length;
        showPager(pages, to);
        if (!ids.length) showNone(found, to, mine);
        if (then) then();
      });
    }).catch(function () {
      if (mine !== turn) return;
      clear();
      say("检索暂时用不了，请刷新再试。");
    }).then(function () { clearTimeout(slow); });
  }

  // --- what people do ------------------------------------------------------------------------------------------------

  function go(to, push) {
    var next = address(to);
    if (next !== location.pathname + location.search) history[push ? "pushState" : "replaceState"](null, "", next);
    show();
  }
  function later() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(function () { if (input.value !== state().q) go({ q: input.value }, false); }, 200);
  }
  input.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
  input.addEventListener("compositionend", function () { composing = false; later(); });
  input.addEventListener("input", function (event) { if (!event.isComposing) later(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    go({ q: input.value }, input.value !== state().q);
  });
  place.addEventListener("click", function (event) {
    var way = event.target.closest("[data-go]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    history.pushState(null, "", way.href);
    input.value = state().q;
    show(function () {
      count.focus({ preventScroll: true });
      place.scrollIntoView();
    });
  });

  // the list is made by script, so the browser cannot restore the place by itself
  var name = function () { return "exhibition.search " + location.search; };
  history.scrollRestoration = "manual";
  function restore() {
    try {
      window.scrollTo(0, +sessionStorage.getItem(name()) || 0);
    } catch (error) {
      // without storage the list begins at its top
    }
  }
  window.addEventListener("pagehide", function () {
    try {
      sessionStorage.setItem(name(), String(window.scrollY));
    } catch (error) {
      // nothing is kept
    }
  });
  window.addEventListener("popstate", function () {
    input.value = state().q;
    show(restore);
  });
  input.value = state().q;
  if (!input.value && !matchMedia("(pointer: coarse)").matches) input.focus({ preventScroll: true });
  var entry = performance.getEntriesByType("navigation")[0];
  show(entry && entry.type !== "navigate" ? restore : null);
})();
