// Included before the binding's sources. The binding opens every graph with
// TensorFlow's default session options, and has no way to change them. This adds one:
// the environment variable TF_SESSION_CONFIG, a ConfigProto message in hexadecimal.

#include <cstdlib>
#include <string>

#include "tensorflow/c/c_api.h"

inline TF_SessionOptions *NewSessionOptions() {
  TF_SessionOptions *options = TF_NewSessionOptions();
  const char *digits = std::getenv("TF_SESSION_CONFIG");
  if (digits == nullptr) return options;
  const std::string text(digits);
  std::string config;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    config += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  }
  TF_Status *status = TF_NewStatus();
  TF_SetConfig(options, config.data(), config.size(), status);
  TF_DeleteStatus(status);
  return options;
}

#define TF_NewSessionOptions NewSessionOptions
