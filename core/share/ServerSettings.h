#pragma once

#include "core/backend/ServerConfig.h"

namespace corscope::share {

/// One link of a server's pipeline, to be read.
struct StageText
{
    QString title;        ///< "CORSMiddleware (FastAPI)"
    bool enabled = true;
    QByteArray language;  ///< of a fenced block: "python", "json"
    QByteArray code;      ///< as its user writes it; the settings as JSON where it has no code
};

/// Outermost stage first.
std::vector<StageText> serverStages(const ServerConfig& server);

} // namespace corscope::share
