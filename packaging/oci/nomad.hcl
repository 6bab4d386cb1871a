# Nomad: the image of example/Dockerfile, which packaging/oci/README.md describes.
job "web" {
  group "web" {
    network {
      port "http" { to = 8080 }
    }

    service {
      name = "web"
      port = "http"
      check {
        type     = "script"
        task     = "web"
        command  = "/command/svok"
        args     = ["--ready", "/service/web"]
        interval = "10s"
        timeout  = "5s"
      }
      # What has not been as it is wanted for a minute is started anew.
      check {
        name     = "services"
        type     = "script"
        task     = "web"
        command  = "/command/svstat"
        args     = ["--quiet"]
        interval = "10s"
        timeout  = "5s"
        check_restart {
          limit = 6
          grace = "60s"
        }
      }
    }

    task "web" {
      driver = "docker"
      user   = "65532:65532"

      # TERM goes to svscan, which is the first process. KILL follows after this time; clients allow no more than their
      # max_kill_timeout, by default 30 seconds.
      kill_signal  = "SIGTERM"
      kill_timeout = "25s"

      config {
        image           = "registry.example/web:1"
        ports           = ["http"]
        readonly_rootfs = true
        cap_drop        = ["all"]
        security_opt    = ["no-new-privileges"]

        mount {
          type   = "tmpfs"
          target = "/run/service"
        }
        mount {
          type   = "volume"
          source = "web-log"
          target = "/var/log/web"
        }
      }
    }
  }
}
