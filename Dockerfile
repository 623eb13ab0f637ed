# One image for everything: Airflow's processes and the command line differ by their command only.
FROM python:3.12-slim AS packages
WORKDIR /srv/marsad
COPY pyproject.toml requirements.lock README.md ./
# uv itself comes from the lock, by hash, as in the Makefile
RUN awk '/^[^ #]/ {uv = /^uv==/} uv && !/^ *#/' requirements.lock > /tmp/uv.lock \
 && pip install --no-cache-dir --require-hashes --no-deps -r /tmp/uv.lock \
 && python -m venv .venv \
 && uv pip install --no-cache --compile-bytecode --python .venv/bin/python --require-hashes -r requirements.lock

FROM python:3.12-slim
# Arabic type for the readers of the page who have none of their own, and for its charts
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-noto-core && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --uid 10001 marsad
WORKDIR /srv/marsad
COPY --from=packages /srv/marsad/.venv .venv
COPY . .
# editable, so that seeds, dags and migrations are found beside the code
RUN .venv/bin/uv pip install --no-cache --offline --python .venv/bin/python --no-deps --no-build-isolation --editable . \
 && install -d -o marsad -g marsad /var/lib/marsad /var/lib/airflow /var/lib/airflow/logs
ENV PATH=/srv/marsad/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MARSAD_DATA_DIR=/var/lib/marsad \
    AIRFLOW_HOME=/var/lib/airflow
USER marsad
CMD ["marsad", "--help"]
