package virga.services.cloudformation.stack;

/** A value that one stack offers to the others of its account and region. */
public record ExportRecord(String name, String value, String stackUuid, String stackArn) {}
