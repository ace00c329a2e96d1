// Nhịp Cầu: shortens ways that work without it. Keys in lists, the search key, the list of keys, a warning
// before typed text is lost, the token for htmx posts.
(function () {
	"use strict";
	var doc = document, at = -1;

	function typing(e) {
		var t = e.target;
		return t.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName);
	}

	function rows() {
		return Array.prototype.filter.call(doc.querySelectorAll("[data-row]"), function (r) { return r.offsetParent; });
	}

	function go(step) {
		var all = rows();
		if (!all.length) return;
		if (all[at]) all[at].classList.remove("chosen");
		at = Math.max(0, Math.min(all.length - 1, at + step));
		var link = all[at].matches("a") ? all[at] : all[at].querySelector("a");
		all[at].classList.add("chosen");
		if (link) link.focus({ preventScroll: true });
		all[at].scrollIntoView({ block: "nearest" });
	}

	function keys() {
		var d = doc.getElementById("keys");
		if (d && d.showModal && !d.open) d.showModal();
	}

	doc.addEventListener("keydown", function (e) {
		if (e.ctrlKey || e.metaKey || e.altKey) return;
		if (typing(e)) {
			if (e.key === "Escape" && e.target.id === "find") e.target.blur();
			return;
		}
		var find = doc.getElementById("find");
		if (e.key === "j") go(1);
		else if (e.key === "k") go(-1);
		else if (e.key === "?") keys();
		else if (e.key === "/" && find) { find.focus(); find.select(); }
		else return;
		e.preventDefault();
	});

	doc.addEventListener("click", function (e) {
		var t = e.target.closest("a,button");
		if (!t) return;
		if (t.classList.contains("keys-open")) { e.preventDefault(); keys(); }
		if (t.classList.contains("menu-open") && location.hash === "#menu") { e.preventDefault(); location.hash = ""; }
		if (t.hasAttribute("data-print")) { e.preventDefault(); window.print(); }
	});

	// A form marked data-guard is not left with unsent changes unnoticed, and is not sent twice.
	var dirty = false;
	doc.addEventListener("input", function (e) { if (e.target.closest("form[data-guard]")) dirty = true; });
	doc.addEventListener("submit", function (e) {
		dirty = false;
		var f = e.target;
		if (f.method !== "post") return;
		if (f.dataset.sent) { e.preventDefault(); return; }
		f.dataset.sent = "1";
		setTimeout(function () { delete f.dataset.sent; }, 4000);
	});
	window.addEventListener("beforeunload", function (e) {
		if (!dirty) return;
		e.preventDefault();
		e.returnValue = doc.body.dataset.unsaved;
	});

	var wrong = doc.querySelector(".mistakes");
	if (wrong) wrong.focus();

	doc.addEventListener("htmx:configRequest", function (e) {
		var token = doc.querySelector("input[name=_csrf]");
		if (token && e.detail.verb !== "get") e.detail.headers["X-CSRF-Token"] = token.value;
	});
})();
