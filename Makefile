# `make start` and `make test` do all the set-up on a machine with Node 20 and npm.
.DEFAULT_GOAL := help
.PHONY: help start serve test check build bench clean

help:
	@echo "make start   install, build and start Watchtower (desktop app, or the panel in the browser)"
	@echo "make serve   the same without the desktop app"
	@echo "make test    install and run every check and test"
	@echo "make build   install and build"
	@echo "make clean   remove what make built (never your data)"

node_modules/.installed: package.json package-lock.json
	@node -e 'const [major, minor] = process.versions.node.split(".").map(Number); if (major < 20 || (major === 20 && minor < 19)) { console.error("Watchtower needs Node 20.19 or newer, this is " + process.version + "."); process.exit(1); }'
	npm ci --no-audit --no-fund
	@touch $@

out/.built: node_modules/.installed $(shell find src -type f 2>/dev/null) electron.vite.config.ts vite.node.config.mts
	npm run build
	@touch $@

build: out/.built

start: out/.built
	@node build/start.mjs

serve: out/.built
	@node out/node/cli.mjs serve

check: node_modules/.installed
	npm run check

test: out/.built
	@node build/test.mjs

bench: out/.built
	npm run bench -- all

clean:
	rm -rf out dist test-results playwright-report
