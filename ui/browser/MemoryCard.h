#pragma once

#include "ui/widgets/Card.h"

class QComboBox;
class QLabel;

namespace corscope {

class Field;
class Memory;
class ScenarioDocument;
class Section;

/// What the simulated browser is and remembers: whose ways it has, its clock, its cookies and caches.
class MemoryCard : public Card
{
    Q_OBJECT
public:
    MemoryCard(ScenarioDocument& document, Memory& memory, QWidget* parent = nullptr);

private:
    QWidget* clockRow();
    void advance(qint64 seconds);
    void refresh();

    ScenarioDocument& m_document;
    Memory& m_memory;
    QComboBox* m_profile;
    QLabel* m_time;
    QWidget* m_clock;
    Field* m_seconds;
    Section* m_cookies;
    Section* m_preflights;
    Section* m_stored;
};

} // namespace corscope
