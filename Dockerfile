# The project in a container, for systems without TensorFlow's Linux libraries:
#   docker build -t ils .
#   docker run --rm -it ils deno task reproduce --profile smoke
# docs/install.md has more.

# What set-up cannot bring itself; the development container starts here too.
FROM debian:12-slim AS tools
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    ca-certificates g++ git npm python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
RUN npm install --global deno@2.9.6
RUN useradd --create-home --uid 1000 --shell /bin/bash ils \
 && install --directory --owner=ils --group=ils /home/ils/label-smoothing
USER ils
WORKDIR /home/ils/label-smoothing

FROM tools AS project
COPY --chown=ils:ils . .
RUN deno task setup
CMD ["deno", "task", "ils", "doctor"]
