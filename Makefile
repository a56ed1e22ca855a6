# `make start` and `make test` do all the set-up on a machine with Node 20 and npm.
.DEFAULT_GOAL := help
.PHONY: help start serve test test-images check build dist bench clean docker-plugin docker-up docker-down docker-logs docker-status docker-clean

# A newer npm is no business of a build.
export npm_config_update_notifier = false

help:
	@echo "make start   install, build and start Watchtower (desktop app, or the panel in the browser)"
	@echo "make serve   the same without the desktop app"
	@echo "             ARGS='--otlp-grpc-port 5317' hands flags on to both"
	@echo "make test    install and run every check and test"
	@echo "make build   install and build"
	@echo "make dist    this system's installers of the desktop app, in dist/"
	@echo "make test-images     stand-ins of the stack's images, where no registry can be reached"
	@echo "make clean   remove what make built (never your data)"
	@echo
	@echo "make docker-up       start the full stack with Grafana (http://localhost:3000, admin / watchtower)"
	@echo "make docker-status   show its containers and their health"
	@echo "make docker-logs     follow Alloy's log; SERVICE=loki for another one's"
	@echo "make docker-down     stop it, keep what it holds"
	@echo "make docker-clean    stop it and delete what it holds"
	@$(MAKE) --no-print-directory help-kubernetes

node_modules/.installed: package.json package-lock.json
	@node -e 'const [major, minor] = process.versions.node.split(".").map(Number); if (major < 20 || (major === 20 && minor < 19)) { console.error("Watchtower needs Node 20.19 or newer, this is " + process.version + "."); process.exit(1); }'
# Electron's tools warn on Node 20, where they work: the version that counts was checked above. Errors are shown.
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

out/.built: node_modules/.installed $(shell find src -type f 2>/dev/null) electron.vite.config.ts vite.node.config.mts vite.fast.config.mts
	npm run build
	@touch $@

build: out/.built

dist: out/.built
	@node build/dist.mjs

start: out/.built
	@node build/start.mjs $(ARGS)

serve: out/.built
	@node build/start.mjs --headless $(ARGS)

check: node_modules/.installed
	npm run check

test: out/.built
	@node build/test.mjs

bench: out/.built
	npm run bench -- all

test-images: out/.built
	@npx tsx build/test-images.mts $(IMAGES)

clean:
	rm -rf out dist test-results playwright-report

COMPOSE = docker compose --file resources/stack/docker-compose.yml
SERVICE ?= alloy

docker-plugin:
	@command -v docker >/dev/null || { echo "The docker command is missing: install Docker, or a compatible engine such as Podman, Colima or Rancher Desktop."; exit 1; }
	@docker compose version >/dev/null 2>&1 || { echo "docker compose is missing: install Docker's Compose plugin (package docker-compose-plugin), or let Watchtower start the stack: watchtower up --backend docker"; exit 1; }
	@docker info >/dev/null 2>&1 || { echo "The container engine does not answer: start it, or choose another one (docker context use NAME)."; exit 1; }

docker-up: docker-plugin
	@$(COMPOSE) up --detach --wait || { $(COMPOSE) ps --all; echo; echo "Not everything is healthy: see make docker-logs SERVICE=NAME, or docker-status."; exit 1; }
	@$(COMPOSE) ps

docker-down: docker-plugin
	@$(COMPOSE) down

docker-logs: docker-plugin
	@$(COMPOSE) logs --follow --tail 100 $(SERVICE)

docker-status: docker-plugin
	@$(COMPOSE) ps --all

docker-clean: docker-plugin
	@echo "This deletes the stack's containers and everything they hold, in these volumes:"
	@$(COMPOSE) config --format json | node -e 'const { volumes } = JSON.parse(require("node:fs").readFileSync(0, "utf8")); for (const { name } of Object.values(volumes)) console.log("  " + name);'
	@if [ "$(YES)" != 1 ]; then \
	  [ -t 0 ] || { echo "Nothing was deleted. Say so with: make docker-clean YES=1"; exit 1; }; \
	  printf 'Delete them? [y/N] '; read -r answer; \
	  case "$$answer" in y|Y|yes) ;; *) echo "Nothing was deleted."; exit 1;; esac; \
	fi
	@$(COMPOSE) down --volumes

include kubernetes.mk
