# Sourced by ./dev clients: fetches the tools that can be fetched, and finds the others. What is not to be had is skipped by name in the tests.
# Sets packages (where npm's packages are) and plugins (where Terraform's providers are, or empty).

packages=$PWD/conformance/target/npm
if command -v npm >/dev/null && ! cmp -s conformance/src/test/resources/virga/conformance/clients/npm/package.json "$packages/fetched.json"; then
  echo "clients: fetching npm's packages ..." >&2
  mkdir -p "$packages"
  cp conformance/src/test/resources/virga/conformance/clients/npm/package.json "$packages/package.json"
  # What the packages run after installing fetches more, which nobody here needs.
  if (cd "$packages" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error >&2); then
    cp "$packages/package.json" "$packages/fetched.json"
  else
    echo "clients: npm's packages could not be fetched" >&2
  fi
fi

# Python's tools from the machine, or from a virtual environment beside the packages.
if command -v python3 >/dev/null && ! { python3 -c 'import boto3' && command -v aws; } >/dev/null 2>&1; then
  [ -x conformance/target/python/bin/aws ] || {
    echo "clients: fetching boto3 and the aws CLI ..." >&2
    python3 -m venv conformance/target/python >&2 && conformance/target/python/bin/pip install -q boto3 awscli >&2 ||
      echo "clients: boto3 and the aws CLI could not be fetched" >&2
  }
  PATH=$PWD/conformance/target/python/bin:$PATH
fi

# Terraform looks for a provider in some folders of the machine, else it is fetched; other folders are to be named.
plugins=${VIRGA_TERRAFORM_PLUGINS:-}
if [ -z "$plugins" ]; then
  for folder in /usr/share /usr/local/share /opt "$HOME/.local/share" "$HOME/.terraform.d"; do
    provider=$(find "$folder" -maxdepth 5 -type d -path '*/registry.terraform.io/hashicorp/aws' -print -quit 2>/dev/null || true)
    [ -z "$provider" ] || { plugins=${provider%/registry.terraform.io/hashicorp/aws}; break; }
  done
fi
