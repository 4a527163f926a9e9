# The native program on a base without a shell, as a user without rights:
#   docker run --rm -v "$PWD:/repo:ro" kubelint ./kubernetes
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN dotnet publish src/KubeLint.Cli -c Release -r linux-x64 -p:PublishAot=true -p:CppCompilerAndLinker=gcc -o /out

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
COPY --from=build /out/kubelint /usr/local/bin/kubelint
COPY --from=build /src/LICENSE /src/NOTICE /licenses/
# The user of the chiselled images, without a name lookup.
USER 1654:1654
WORKDIR /repo
ENTRYPOINT ["/usr/local/bin/kubelint"]
