// Open what a list's page asks for, in a tab of its own.

chrome.runtime.onMessage.addListener((url) => { chrome.tabs.create({ url, active: false }); });
