# The same program as the only one of its container, without svscan and without a log of its own.
FROM registry.example/daemontools:shell
COPY service/web/run service/web/check service/web/timeout-kill /service/web/
COPY www /www
USER 0
RUN ln -s /run/service/web /service/web/supervise && mkdir -p /run/service && chown 65532:65532 /run/service
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/command/supervise", "--stop-on-term", "/service/web"]
