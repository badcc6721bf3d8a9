import { defineConfig } from "vitest/config";

export default defineConfig({
  // Relative addresses, so that the service may live under any prefix.
  base: "./",
  build: {
    outDir: "../api/visavis/_web",
    emptyOutDir: true,
    target: "es2022",
    // The map that a resident reads, and the desk where a person corrects a sheet: two pages, each with its own script.
    rolldownOptions: { input: { index: "index.html", desk: "desk.html" } },
    // The licences of what is bundled travel with it.
    license: { fileName: "licences.md" },
    // MapLibre is one large file that is loaded only where there is a map.
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: "es" },
  server: {
    proxy: Object.fromEntries(
      ["/collections", "/legend", "/build", "/documents", "/exports", "/pictures", "/api"].map((path) => [
        path,
        "http://127.0.0.1:8000",
      ]),
    ),
  },
  test: { include: ["tests/**/*.test.ts"] },
});
