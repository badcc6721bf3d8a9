/** The page: it loads the data, keeps panels and map in step with the state, and knows nothing else. */

import "./styles/ground.css";
import "./styles/page.css";
import { createPage } from "./page";
import { createStore } from "./state";

const root = document.getElementById("page");
if (!root) throw new Error("the page has no place to stand");
void createPage(root, createStore());
