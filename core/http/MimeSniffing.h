#pragma once

#include "core/http/MimeType.h"

/// What the MIME sniffing standard (https://mimesniff.spec.whatwg.org/) can tell of a resource by its type or its first
/// bytes.
namespace corscope {

bool isJavaScriptMimeType(const MimeType& type);
bool isHtmlMimeType(const MimeType& type);
bool isXmlMimeType(const MimeType& type);
bool isJsonMimeType(const MimeType& type);

/// https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm
bool matchesImagePattern(QByteArrayView bytes);
/// https://mimesniff.spec.whatwg.org/#audio-or-video-type-pattern-matching-algorithm , without MP3 that has no ID3 tag.
bool matchesAudioOrVideoPattern(QByteArrayView bytes);

/// https://fetch.spec.whatwg.org/#determine-nosniff
bool determineNosniff(const HeaderList& headers);

} // namespace corscope
