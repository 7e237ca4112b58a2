$version: "2.0"

// The shapes that the vectors of validation answer with, whose own package is not served.
namespace smithy.framework

@error("client")
structure ValidationException {
    @required
    message: String

    fieldList: ValidationExceptionFieldList
}

list ValidationExceptionFieldList {
    member: ValidationExceptionField
}

structure ValidationExceptionField {
    @required
    path: String

    @required
    message: String
}
