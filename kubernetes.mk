# The Kubernetes deployment: a kind cluster of our own, one Helm release for each part of the stack.
.PHONY: help-kubernetes setup deploy deploy-tempo deploy-loki deploy-mimir deploy-grafana deploy-alloy status logs port-forward render \
	enable-local-only disable-local-only sumo-show sumo-set sumo-remove teardown

KUBERNETES = node --import tsx scripts/kubernetes.mts
export SHOW YES VALUES

help-kubernetes:
	@echo
	@echo "make setup               make the kind cluster, its namespace, and add the Helm repositories"
	@echo "make deploy              deploy all: tempo, loki, mimir, grafana, alloy (http://localhost:13000, admin / watchtower)"
	@echo "make deploy-NAME         deploy one of them"
	@echo "make status              show pods and services, and what is wrong with a pod"
	@echo "make logs                follow Alloy's log; SERVICE=loki for another one's"
	@echo "make port-forward        other ways in, where the cluster's ports fail; the query APIs as well"
	@echo "make render              write what the charts make to resources/stack/helm/rendered; VALUES=values-production"
	@echo "make enable-local-only   keep telemetry in the cluster; disable-local-only: send it to Sumo Logic as well"
	@echo "make sumo-set            write the Sumo Logic URL from SUMO_ENDPOINT; sumo-show, sumo-remove"
	@echo "make teardown            delete the cluster, after asking"

setup deploy status port-forward render enable-local-only disable-local-only sumo-show sumo-set sumo-remove teardown: node_modules/.installed
	@$(KUBERNETES) $@

deploy-tempo deploy-loki deploy-mimir deploy-grafana deploy-alloy: node_modules/.installed
	@$(KUBERNETES) deploy $(@:deploy-%=%)

logs: node_modules/.installed
	@$(KUBERNETES) logs $(SERVICE)
