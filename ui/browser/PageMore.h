#pragma once

#include <QWidget>

class QComboBox;
class QPlainTextEdit;

namespace corscope {

class ChosenPage;
class Field;
class FormGrid;
class ScenarioDocument;
struct PageConfig;
class Section;

/// What else there is to say of a page: its name, the frame it stands in, its policies, and where it came from.
class PageMore : public QWidget
{
    Q_OBJECT
public:
    PageMore(ScenarioDocument& document, ChosenPage& page, QWidget* parent = nullptr);

public Q_SLOTS:
    void rename(); ///< puts the keyboard into the name

private:
    void buildForm(FormGrid& form);
    void connectForm();
    void refresh();
    void showInForm(const PageConfig& page);
    QString checkName(const QString& text) const;

    ScenarioDocument& m_document;
    ChosenPage& m_page;
    Section* m_section;
    Field* m_name = nullptr; ///< as the rest of the form, when the section is opened for the first time
    Field* m_path;
    QComboBox* m_context;
    Field* m_embeddedIn;
    QPlainTextEdit* m_policies;
    QComboBox* m_referrerPolicy;
    QComboBox* m_embedderPolicy;
    QComboBox* m_addressSpace;
    QComboBox* m_permission;
};

} // namespace corscope
