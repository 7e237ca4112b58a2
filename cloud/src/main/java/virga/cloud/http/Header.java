package virga.cloud.http;

/** One header line. Names are compared without regard to case. */
public record Header(String name, String value) {}
