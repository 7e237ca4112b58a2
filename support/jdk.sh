# Sourced by ./virga and ./dev: finds a JDK 25 and puts it into JAVA_HOME, or says how to get one.

# JAVA_HOME if it is one, else the places where JDKs are usually installed.
find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home \
      "$HOME"/.sdkman/candidates/java/25* "$(/usr/libexec/java_home -v 25 2>/dev/null || true)"; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Virga needs a JDK 25 and found none. Set JAVA_HOME to one, or install it: https://adoptium.net/temurin/releases/?version=25" >&2
  return 1
}

JAVA_HOME=$(find_jdk)
export JAVA_HOME
# Maven itself runs short: the first compiler tier and one collector thread start it faster. The flags silence warnings of its own.
export MAVEN_OPTS="${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED}"
