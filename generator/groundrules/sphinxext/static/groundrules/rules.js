"use strict";

/** Leads an address in the list of rules, such as rules.html#gr210, to the page of the rule. */
(() => {
	const anchor = document.getElementById(decodeURIComponent(location.hash.slice(1)));
	const link = anchor?.closest("tr")?.querySelector("a[href*='/GR']");
	if (link instanceof HTMLAnchorElement) location.replace(link.href);
})();
