{{- define "chronotrack.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "chronotrack.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "chronotrack.selectorLabels" -}}
app.kubernetes.io/name: {{ include "chronotrack.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "chronotrack.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "chronotrack.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "chronotrack.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- define "chronotrack.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "chronotrack.fullname" .) }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{- define "chronotrack.claimName" -}}
{{ .Values.persistence.existingClaim | default (printf "%s-data" (include "chronotrack.fullname" .)) }}
{{- end }}

{{/* The secrets that are given, by the names of their settings: what the chart mounts as files. */}}
{{- define "chronotrack.secrets" -}}
{{- $given := dict }}
{{- $names := dict "ADMIN_KEY" "adminKey" "HASH_SECRET" "hashSecret" }}
{{- if eq .Values.storage "postgresql" }}
{{- $_ := set $names "DATABASE_PASSWORD" "databasePassword" }}
{{- end }}
{{- range $setting, $name := $names }}
{{- $source := index $.Values.secrets $name }}
{{- if or $source.value $source.existingSecret }}
{{- $_ := set $given $setting $source }}
{{- end }}
{{- end }}
{{- toYaml $given }}
{{- end }}

{{/*
A number as digits: Helm reads it from YAML as a float, and would write 1.048576e+06. A boolean is what
YAML makes of an unquoted on or off.
*/}}
{{- define "chronotrack.text" -}}
{{- if kindIs "float64" . -}}{{ int64 . }}
{{- else if kindIs "bool" . -}}{{ ternary "on" "off" . }}
{{- else -}}{{ . }}
{{- end }}
{{- end }}

{{/* What the schema cannot say: values that do not go together. No message shows a secret. */}}
{{- define "chronotrack.refuse" -}}
{{- $replicas := int .Values.replicas }}
{{- if eq .Values.storage "sqlite" }}
{{- if gt $replicas 1 }}
{{- fail (printf "replicas must be 1 with storage=sqlite, but is %d: one process owns the file. For more, set storage=postgresql" $replicas) }}
{{- end }}
{{- if .Values.database.url }}
{{- fail "storage must be postgresql when database.url is given, but is sqlite" }}
{{- end }}
{{- if or .Values.secrets.databasePassword.value .Values.secrets.databasePassword.existingSecret }}
{{- fail "storage must be postgresql when secrets.databasePassword is given, but is sqlite" }}
{{- end }}
{{- else }}
{{- if not .Values.database.url }}
{{- fail "database.url must be given with storage=postgresql, such as jdbc:postgresql://host:5432/chronotrack" }}
{{- end }}
{{- if regexMatch "(?i)[?&](password|sslpassword)=" .Values.database.url }}
{{- fail "database.url must be without a password, because it is kept in a ConfigMap: give it as secrets.databasePassword" }}
{{- end }}
{{- if not (or .Values.secrets.hashSecret.value .Values.secrets.hashSecret.existingSecret) }}
{{- fail "secrets.hashSecret must be given with storage=postgresql, as value or existingSecret: all pods must hash keys with the same secret" }}
{{- end }}
{{- end }}
{{- range $name, $source := .Values.secrets }}
{{- if and $source.value $source.existingSecret }}
{{- fail (printf "secrets.%s must be given once: as value or as existingSecret" $name) }}
{{- end }}
{{- end }}
{{- with .Values.secrets.hashSecret.value }}
{{- if lt (len .) 32 }}
{{- fail "secrets.hashSecret.value must be a text of at least 32 characters" }}
{{- end }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) }}
{{- fail "ingress.hosts must name at least one host when ingress.enabled is true" }}
{{- end }}
{{- end }}
