/** The desk: where a person confirms and corrects what a program read from a sheet. */

import "../styles/ground.css";
import "./desk.css";
import { openDesk } from "./page";

const root = document.getElementById("desk");
if (!root) throw new Error("the desk has no place to stand");
void openDesk(root);
