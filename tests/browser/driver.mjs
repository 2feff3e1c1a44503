// One Chromium, steered line by line: a JSON request on stdin, a JSON answer on stdout.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox"],
});

let page;
let news;

const commands = {
  leave: () => page?.context().close(),
  async visit({ url, width = 1024, height = 800, scheme = "light", script = true }) {
    await commands.leave();
    const context = await browser.newContext({
      colorScheme: scheme,
      javaScriptEnabled: script,
      viewport: { width, height },
    });
    page = await context.newPage();
    news = { messages: [], requests: [] };
    page.on("console", (message) => news.messages.push(message.text()));
    page.on("pageerror", (error) => news.messages.push(String(error)));
    page.on("request", (request) => news.requests.push(request.url()));
    page.on("dialog", (dialog) => news.messages.push(dialog.message()) && dialog.dismiss());
    const answer = await page.goto(url, { waitUntil: "load" });
    return answer?.status() ?? null;
  },
  async axe() {
    await page.evaluate(AXE);
    const found = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), RULES);
    return {
      passed: found.passes.map((rule) => rule.id),
      violations: found.violations.map((rule) => ({
        id: rule.id,
        nodes: rule.nodes.map((node) => node.html.slice(0, 200)),
      })),
    };
  },
  evaluate: ({ script }) => page.evaluate(script),
  reload: () => page.reload().then((answer) => answer.status()),
  press: ({ keys }) => page.keyboard.press(keys),
  type: ({ text }) => page.keyboard.type(text),
  appears: ({ text }) => page.getByText(text).first().waitFor(),
  arrived: ({ path }) => page.waitForURL((url) => url.pathname === path).then(() => page.url()),
  async download({ keys }) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press(keys)]);
    return { name: file.suggestedFilename(), path: await file.path() };
  },
  async pdf({ format }) {
    return (await page.pdf({ format, printBackground: true })).toString("base64");
  },
  screenshot: ({ path }) => page.screenshot({ path, fullPage: true }).then(() => path),
  news: () => news,
};

process.stdout.write(`${JSON.stringify({ answer: browser.version() })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...values } = JSON.parse(line);
  const answer = await Promise.resolve(values)
    .then(commands[command])
    .then(
      (done) => ({ answer: done ?? null }),
      (error) => ({ error: String(error) }),
    );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
