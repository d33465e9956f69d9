"use strict";

/** Closes the drawer of a phone, or the search, when the reader chooses a link in it. */
document.addEventListener("click", (event) => {
	const link = event.target instanceof Element && event.target.closest("dialog a[href]");
	if (link) link.closest("dialog")?.close();
});
