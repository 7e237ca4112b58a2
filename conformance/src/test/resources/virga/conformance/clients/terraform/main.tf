# A small service as one writes it for AWS: a queue with its dead letters, a table, a function that is fed by the queue, an HTTP API before it,
# a bus rule, a bucket, a parameter and a log group. What differs from AWS is the provider's block alone.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  s3_use_path_style = true # The endpoint is an address without names below it.
}

variable "name" {
  type = string
}

variable "visibility_timeout" {
  type    = number
  default = 30
}

variable "greeting" {
  type    = string
  default = "Hello"
}

variable "runtime" {
  type = string
}

variable "package" {
  type        = string
  description = "The function's zip."
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}
