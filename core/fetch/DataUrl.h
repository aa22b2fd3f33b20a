#pragma once

#include "core/base/Result.h"
#include "core/http/MimeType.h"
#include "core/trace/Blocked.h"
#include "core/trace/Recorder.h"
#include "core/url/Url.h"

namespace corscope {

/// https://fetch.spec.whatwg.org/#data-url-struct
struct DataUrlStruct
{
    MimeType mimeType;
    QByteArray body;
};

/// https://fetch.spec.whatwg.org/#data-url-processor
Result<DataUrlStruct, Blocked> dataUrlProcessor(const Url& dataUrl, Recorder& recorder);

} // namespace corscope
