#pragma once

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace corscope {

class Field;
class ScenarioDocument;

/// The URLs of a scenario that compares them as origins.
class CompareForm : public QWidget
{
    Q_OBJECT
public:
    explicit CompareForm(ScenarioDocument& document, QWidget* parent = nullptr);

private:
    void refresh();
    void addField();

    ScenarioDocument& m_document;
    QVBoxLayout* m_column;
    std::vector<Field*> m_fields;
};

} // namespace corscope
