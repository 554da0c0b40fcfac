// What a list shows: lines and cards from the page's own templates, count, conditions and pages.
(root => {
  "use strict";
  var S = root.exhibitionState;
  var VIEWS = [["cards", "卡片"], ["list", "列表"], ["table", "表格"], ["timeline", "时间"], ["tiles", "方格图"]];

  function make(tag, className, words) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (words !== undefined) node.textContent = words;
    return node;
  }
  function comma(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, ","); }

  root.exhibitionResults = place => {
    var engine = place.engine;
    function href(record) { return record.address + (/^file:/.test(record.address) ? "index.html" : ""); }
    function link(patch, words, current) {
      var node = make("a", "", words);
      node.href = place.address(patch);
      node.dataset.go = "";
      if (current) node.setAttribute("aria-current", current);
      return node;
    }

    // --- lines and cards ---------------------------------------------------------------------------------------------

    function pieces(node, parts) {
      parts.forEach(part => { node.appendChild(part[1] ? make("mark", "", part[0]) : document.createTextNode(part[0])); });
    }
    function title(node, record, terms) {
      var words = Array.from(record.title), lines = record.lines || [];
      node.textContent = "";
      if (terms) pieces(node, engine.title(record, terms));
      else if (lines.length > 1) lines.forEach(line => { node.appendChild(make("span", "ln", line)); });
      else node.textContent = /^craftsman\//.test(record.key) && words.length === 2 && !/[ -~]/.test(record.title) ? words.join("\u3000") : record.title;
    }
    function seal(node, given) {
      if (!given) return node.remove();
      node.className = "seal seal--r" + Math.min(given.rank, 4) + (given.shape === "square" ? "" : " seal--" + given.shape);
      node.classList.toggle("seal--n4", given.shape !== "line" && given.text.length === 4);
      node.lastChild.textContent = given.text;
    }
    function picture(frame, record) {
      var image = frame.querySelector("img"), given = record.picture;
      if (!given && !record.cover) {
        frame.parentNode.classList.add("no-frame");
        return frame.remove();
      }
      image.src = given ? given.address : record.cover;
      frame.classList.toggle("frame--mat", !!given);
      if (given && given.width && given.height) {
        image.width = given.width;
        image.height = given.height;
      }
    }
    function words(node, text) {
      if (!node) return;
      if (text) node.textContent = text;
      else node.remove();
    }
    function hit(parts) { return parts.some(part => part[1]); }
    // what is said of it, before the words it is filed under, of which only those that are hit are shown; nothing where its head shows the hit already
    function excerpt(record, terms) {
      var hits = part => hit(engine.title({ title: part }, terms)), text = engine.excerpt(Object.assign({}, record, { words: "", names: "" }), terms);
      var head = [record.title, record.by, record.people, record.seal ? record.seal.text : ""].some(hits);
      var filed = record.words.split(" ").filter(hits).join("　") || record.words;
      return head || hit(text) ? text : engine.excerpt(Object.assign({}, record, { words: filed }), terms);
    }
    function drawn(name, record, terms) {
      var item = place.node.querySelector("template[data-" + name + "]").content.firstElementChild.cloneNode(true), box = item.firstElementChild;
      var kind = record.key.split("/")[0], way = item.querySelector("a"), by = item.querySelector(".by"), favourite = item.querySelector("[data-favourite]");
      box.classList.toggle(box.classList[0] + "--craftsman", kind === "craftsman");
      item.dataset.result = record.path;
      way.href = href(record);
      title(item.querySelector(".work__t"), record, terms);
      picture(item.querySelector(".frame"), record);
      seal(item.querySelector(".seal"), record.seal);
      words(item.querySelector(".meta"), record.meta);
      words(item.querySelector(".row__k"), record.kind);
      if (name === "row" && (record.by || record.people)) {
        by.textContent = "";
        [record.by, record.people].filter(Boolean).forEach((part, at) => {
          if (at) by.append("　");
          var line = by.appendChild(make("span", "ln"));
          pieces(line, terms ? engine.title({ title: part }, terms) : [[part, false]]);
        });
      } else words(by, name === "row" ? "" : record.by);
      // the visitor's list is of this exhibition alone
      if (record.elsewhere) favourite.remove();
      else favourite.dataset.favourite = record.key;
      if (terms && name === "row") {
        var line = make("p", "found__x");
        pieces(line, excerpt(record, terms));
        if (line.textContent) item.querySelector(".row__t").appendChild(line);
      }
      return item;
    }

    // --- above and below ---------------------------------------------------------------------------------------------

    // every condition of a state: facet, its words, and the state without it
    function conditions(state) {
      var found = [];
      Object.keys(state.facets).forEach(name => {
        state.facets[name].forEach(value => {
          var column = place.columnOf(name), at = column ? column.index(value) : -1, rest = {};
          rest[name] = state.facets[name].filter(other => other !== value);
          found.push({ facet: name, label: place.labelOf(name), words: at < 0 ? value : column.labels[at], patch: { facets: rest } });
        });
      });
      if (state.years) {
        found.push({ facet: "year", label: "年份", words: S.yearWords(state.years).replace(/^-/, "到 ").replace(/(\d)-$/, "$1 以后").replace("-", "—"), patch: { years: null } });
      }
      return found;
    }
    function chips(state) {
      var list = make("ul", "chips"), found = conditions(state);
      found.forEach(one => {
        var item = make("li"), way = link(one.patch, one.words);
        way.dataset.chip = one.facet;
        way.setAttribute("aria-label", one.label + "：" + one.words + "，去掉这个条件");
        way.title = one.label;
        item.appendChild(way);
        list.appendChild(item);
      });
      if (found.length > 1) list.appendChild(make("li")).appendChild(link({ facets: place.none(state), years: null }, "清除全部")).className = "chips__0";
      list.hidden = !found.length;
      return list;
    }
    // what was asked, in words: for paper and where nothing is found
    function asked(state) {
      var by = new Map();
      conditions(state).forEach(one => { by.set(one.label, (by.get(one.label) || []).concat(one.words)); });
      var found = state.q.trim() ? ["检索词“" + state.q.trim() + "”"] : [];
      by.forEach((values, label) => { found.push(label + "：" + values.join(" 或 ")); });
      return found.join("；");
    }
    // where there is room a row of links, on phones a list to choose from
    function views(state) {
      var node = make("nav", "views no-print"), few = make("select", "views__s no-print"), now = state.view || place.style;
      node.setAttribute("aria-label", "显示方式");
      few.setAttribute("aria-label", "显示方式");
      VIEWS.forEach(one => {
        if (!place.can(one[0])) return;
        node.appendChild(link({ view: one[0] === place.style ? "" : one[0], page: state.page }, one[1], one[0] === now ? "true" : ""));
        few.appendChild(new Option(one[1], one[0], false, one[0] === now));
      });
      few.addEventListener("change", () => { place.go({ view: few.value === place.style ? "" : few.value, page: state.page }); });
      return [node, few];
    }
    function pager(pages, state) {
      if (pages < 2) return document.createDocumentFragment();
      var node = make("nav", "pager no-print"), row = make("ol"), gap = false;
      node.setAttribute("aria-label", "分页");
      node.dataset.pager = "";
      node.appendChild(make("p", "pager__w", "第 " + state.page + " 页，共 " + pages + " 页"));
      if (state.page > 1) node.appendChild(link({ page: state.page - 1 }, "上一页")).className = "pager__p";
      for (var number = 1; number <= pages; number++) {
        if (number !== 1 && number !== pages && Math.abs(number - state.page) > 1) {
          if (!gap) row.appendChild(make("li", "pager__g", "…")).setAttribute("aria-hidden", "true");
          gap = true;
          continue;
        }
        gap = false;
        var one = link({ page: number }, "", number === state.page ? "page" : "");
        one.append(make("span", "vh", "第"), String(number), make("span", "vh", "页"));
        row.appendChild(make("li")).appendChild(one);
      }
      node.appendChild(row);
      if (state.page < pages) node.appendChild(link({ page: state.page + 1 }, "下一页")).className = "pager__n";
      return node;
    }

    return {
      make: make, comma: comma, link: link, href: href, drawn: drawn, chips: chips, asked: asked, views: views, pager: pager, conditions: conditions
    };
  };
})(window);
