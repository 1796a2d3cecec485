// Any page of the shell once the session is over: the address stays, the page is gone.

import { timedOut } from "./calls.js";

timedOut();
