#pragma once

#include "core/trace/Recorder.h"

namespace corscope {

/// https://w3c.github.io/webappsec-subresource-integrity/#does-response-match-metadatalist : whether bytes have one of the
/// hashes of the strongest kind that is named. Where none is named that can be read, everything matches.
/// \param integrityMetadata hashes, separated by blanks: "sha256-<base64> sha384-<base64>?options"
bool bytesMatchMetadata(const QByteArray& bytes, const QByteArray& integrityMetadata, Recorder& recorder);

} // namespace corscope
