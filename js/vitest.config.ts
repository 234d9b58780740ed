import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { defineConfig } from "vitest/config";

const TEXT = /\.(css|html)$/;

/** Style sheets and documents that are imported arrive as their text, as they do in the bundle. */
const textImports = {
  name: "text-imports",
  enforce: "pre" as const,
  resolveId(source: string, importer: string | undefined) {
    return importer && source.startsWith(".") && TEXT.test(source)
      ? `\0text:${resolve(dirname(importer), source)}.js`
      : null;
  },
  load(id: string) {
    if (!id.startsWith("\0text:")) return null;
    const text = readFileSync(id.slice("\0text:".length, -".js".length), "utf8");
    return `export default ${JSON.stringify(text)};`;
  },
};

export default defineConfig({
  plugins: [textImports],
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
