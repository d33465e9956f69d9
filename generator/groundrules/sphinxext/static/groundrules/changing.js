"use strict";

// The form is loaded when a reader opens its place
for (const part of groundrulesDom.findAll(".ci-changing")) {
	part.hidden = false;
	part.ontoggle = () => {
		part.ontoggle = null;
		groundrulesDom.loadScript("changed_files");
	};
}
